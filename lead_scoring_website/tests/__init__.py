from . import test_page_views, test_page_views_mark
