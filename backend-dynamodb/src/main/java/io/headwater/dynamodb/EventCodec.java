package io.headwater.dynamodb;

import io.headwater.EventData;
import io.headwater.spi.support.ValueCodes;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events as maps within an item. Names are short, as each event pays for them. */
final class EventCodec {
    private static final String ID = "i";
    private static final String TYPE = "t";
    private static final String DATA = "d";
    private static final String METADATA = "m";
    private static final String CONTENT = "c";

    private EventCodec() {}

    static AttributeValue encoded(List<EventData> events) {
        return AttributeValue.fromL(events.stream().map(EventCodec::encoded).toList());
    }

    private static AttributeValue encoded(EventData event) {
        return Item.map()
                .with(ID, ValueCodes.bytes(event.id()))
                .with(TYPE, event.type())
                .with(DATA, event.data().bytes())
                .with(METADATA, ValueCodes.metadata(event))
                .with(CONTENT, ValueCodes.contentType(event.data()))
                .asValue();
    }

    static List<EventData> decoded(List<Item> events) {
        return events.stream().map(EventCodec::decoded).toList();
    }

    private static EventData decoded(Item event) {
        return new EventData(
                ValueCodes.uuid(event.bytes(ID)),
                event.text(TYPE),
                ValueCodes.payload((int) event.number(CONTENT), event.bytes(DATA)),
                ValueCodes.metadata(event.bytesIfPresent(METADATA)));
    }
}
