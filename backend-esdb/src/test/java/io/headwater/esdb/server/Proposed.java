package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** An event to be written. */
record Proposed(UUID id, String type, boolean json, ByteString data, ByteString metadata) {}
