package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.shared.Shared;
import java.util.UUID;

/** Ids as the protocol writes them. */
final class Ids {
    private static final UUID NIL = new UUID(0, 0);

    private Ids() {}

    static Shared.UUID structured(UUID id) {
        Shared.UUID.Structured structured = Shared.UUID
                .Structured
                .newBuilder()
                .setMostSignificantBits(id.getMostSignificantBits())
                .setLeastSignificantBits(id.getLeastSignificantBits())
                .build();
        return Shared.UUID.newBuilder().setStructured(structured).build();
    }

    static Shared.UUID text(UUID id) {
        return Shared.UUID.newBuilder().setString(id.toString()).build();
    }

    /** Null if there is none, or the text is none, or it is the nil id, which no event may have. */
    static UUID parse(Shared.UUID id) {
        UUID parsed = switch (id.getValueCase()) {
            case STRUCTURED ->
                new UUID(
                        id.getStructured().getMostSignificantBits(),
                        id.getStructured().getLeastSignificantBits());
            case STRING -> parse(id.getString());
            default -> null;
        };
        return NIL.equals(parsed) ? null : parsed;
    }

    private static UUID parse(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
