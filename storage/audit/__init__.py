"""The log: written line by line, sealed into chains, its roots put where no one can take them back.

A line is written by whoever does what it tells of, in the same transaction, and carries a mark that
only the house can make. A worker seals it within seconds: each record's lines are linked in order,
and all lines together once more. Once a day the heads of all chains become one Merkle root, which
goes into both clouds and the anchors of this machine. Until it is sealed a line is protected by its
mark and by the database's triggers alone: that window is stated wherever the log is looked at.
"""
