"""Document stores: files, Swift, S3, under one contract."""
