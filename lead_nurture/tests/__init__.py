from . import test_track, test_track_approval
from . import test_track, test_track_mailing
