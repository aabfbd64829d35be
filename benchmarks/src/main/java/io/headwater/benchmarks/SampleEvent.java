package io.headwater.benchmarks;

import java.util.Map;
import java.util.UUID;

/**
 * An event to append, as an application has it before it calls anybody: each contestant makes of it what it needs.
 *
 * @param encodedMetadata the same metadata as JSON, for those who store bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is, and never compared
public record SampleEvent(UUID id, String type, byte[] data, Map<String, String> metadata, byte[] encodedMetadata) {}
