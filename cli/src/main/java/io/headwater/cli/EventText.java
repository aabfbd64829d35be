package io.headwater.cli;

import io.headwater.ContentType;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.cli.ndjson.EventTime;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Paint;
import io.headwater.cli.text.Printable;

/** An event on one line for people: position, time, stream, type and data. */
final class EventText {
    private static final int MIN_DATA = 20;

    private final Paint paint;
    private final int width;

    /** Cuts lines to this width; 0 does not cut. */
    EventText(Paint paint, int width) {
        this.paint = paint;
        this.width = width;
    }

    String of(RecordedEvent event) {
        String position = event.position().toString();
        String time = Printable.of(EventTime.of(event));
        String place = Printable.of(event.stream().value()) + "@" + event.version();
        String type = Printable.of(event.type());
        int used = position.length() + time.length() + place.length() + type.length() + 8;
        String data = data(event.data(), width == 0 ? 0 : Math.max(MIN_DATA, width - used));
        return String.join("  ", paint.faint(position), paint.faint(time), paint.cyan(place), paint.bold(type), data);
    }

    private String data(Payload data, int room) {
        if (data.contentType() == ContentType.BINARY) {
            return paint.faint("(" + Figures.count(data.size(), "byte") + ")");
        }
        return Printable.of(data.text(), room);
    }
}
