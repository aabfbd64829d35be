package com.example.filestore;

import io.headwater.Position;
import io.headwater.StreamId;
import java.time.Instant;
import java.util.UUID;

/** The indexed attributes of an event, and the place of the rest in the file. */
record IndexedEvent(
        StreamId stream,
        long version,
        Position position,
        UUID id,
        String type,
        Instant recordedAt,
        long offset,
        int length) {}
