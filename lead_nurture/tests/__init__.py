from . import test_track, test_track_approval, test_track_mailing, test_track_rounds
