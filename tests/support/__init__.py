"""Archives, processes and checks that several tests share."""
