"""The append-only log of every act and every read, and the clock that acts and policies ask."""
