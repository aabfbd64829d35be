package io.headwater.benchmarks;

import java.util.Map;
import java.util.UUID;

/**
 * An event to append, in the form that an application has; each variant converts it as needed.
 *
 * @param encodedMetadata the same metadata as JSON, for variants that store bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is, and never compared
public record SampleEvent(UUID id, String type, byte[] data, Map<String, String> metadata, byte[] encodedMetadata) {}
