package com.example.filestore;

import io.headwater.Position;
import io.headwater.StreamId;
import java.time.Instant;
import java.util.UUID;

/** What the index knows of an event, and where in the file the rest is. */
record IndexedEvent(
        StreamId stream,
        long version,
        Position position,
        UUID id,
        String type,
        Instant recordedAt,
        long offset,
        int length) {}
