package io.headwater.migration;

import io.headwater.EventData;
import io.headwater.StreamId;

/**
 * An event of an input.
 *
 * @param line the line that it was read from
 * @param stream the stream to append it to
 * @param event the event to append; its id decides whether it is stored already
 * @param idDerived whether the id is one of {@link DerivedIds}, because the line has none
 */
public record EventLine(InputLine line, StreamId stream, EventData event, boolean idDerived) {}
