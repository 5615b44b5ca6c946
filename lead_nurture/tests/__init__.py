from . import test_track
