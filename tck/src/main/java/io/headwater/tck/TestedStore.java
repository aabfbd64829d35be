package io.headwater.tck;

import io.headwater.Capabilities;
import java.util.Optional;

/**
 * The store that was tested.
 *
 * @param backend the name of the backend
 * @param configuration its URL and options without secrets; empty if it was opened in code
 * @param capabilities what it declares; empty if it could not be opened
 */
public record TestedStore(String backend, Optional<String> configuration, Optional<Capabilities> capabilities) {}
