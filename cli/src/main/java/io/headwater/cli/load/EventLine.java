package io.headwater.cli.load;

import io.headwater.EventData;
import io.headwater.StreamId;

/**
 * An event as an input has it.
 *
 * @param line where it stands
 * @param stream where it belongs
 * @param event what to append
 * @param idDerived whether the id was made from the line, because it has none
 */
public record EventLine(InputLine line, StreamId stream, EventData event, boolean idDerived) {}
