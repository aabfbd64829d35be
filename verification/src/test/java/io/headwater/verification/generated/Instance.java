package io.headwater.verification.generated;

import io.headwater.spi.Backend;

/**
 * An open backend of a mutant.
 *
 * @param sound what is below
 * @param number from 1, over the life of the storage
 * @param restarts how often all instances had been closed when this one was opened
 */
record Instance(Backend sound, int number, int restarts) {}
