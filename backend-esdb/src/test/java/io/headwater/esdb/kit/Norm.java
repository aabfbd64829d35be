package io.headwater.esdb.kit;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kurrent.dbclient.proto.shared.Shared;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns messages into JSON in which whatever differs from run to run is a symbol. One instance per scenario; it renders
 * everything twice: the first time it only learns which positions occur, so that their symbols can follow their order.
 */
final class Norm {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern TF_POSITION = Pattern.compile("C:(-?\\d+)/P:(-?\\d+)");
    private static final Pattern ISO_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?");
    private static final Pattern HTTP_DATE = Pattern.compile("date=[A-Z][a-z]{2}, [^,)]* GMT");
    private static final Pattern LINK_META = Pattern.compile("\"(\\$c|\\$p|\\$v)\":\\s*(\"[^\"]*\"|-?\\d+)");
    private static final long NO_POSITION = -1;

    private final String prefix;
    private final String hostPort;
    private final Map<String, String> known = new HashMap<>(); // uuid -> label given by the scenario
    private final Map<String, String> foreign = new LinkedHashMap<>(); // uuid -> U1, U2 ...
    private final Map<String, String> createdOf = new LinkedHashMap<>(); // stream@revision -> created
    private final TreeSet<Long> seen = new TreeSet<>(Long::compareUnsigned);
    private final Set<Long> linkPositions = new HashSet<>();
    private Map<Long, String> symbols = Map.of();
    private boolean learning;

    Norm(String prefix, String hostPort) {
        this.prefix = prefix;
        this.hostPort = hostPort;
    }

    synchronized void name(UUID id, String label) {
        known.put(id.toString(), label);
    }

    /** Renders with stable symbols; the renderer is called twice. */
    synchronized Object twice(Supplier<Object> renderer) {
        learning = true;
        Object unused = renderer.get();
        foreign.clear();
        createdOf.clear();
        symbols = new HashMap<>();
        int p = 0;
        int l = 0;
        for (long v : seen) symbols.put(v, linkPositions.contains(v) ? "L" + ++l : "P" + ++p);
        learning = false;
        return renderer.get();
    }

    // ---- values

    private String position(long v) {
        if (v == 0) return "0";
        if (v == NO_POSITION) return "MAX";
        if (v == Long.MAX_VALUE) return "LONGMAX";
        if (learning) {
            seen.add(v);
            return "";
        }
        return symbols.getOrDefault(v, "P?");
    }

    private static Object uint64(long v) {
        if (v == -1) return "MAX";
        if (v == Long.MAX_VALUE) return "LONGMAX";
        if (v < 0) return Long.toUnsignedString(v);
        return v;
    }

    private String uuid(String text) {
        String k = text.toLowerCase(Locale.ROOT);
        String label = known.get(k);
        if (label != null) return "id:" + label;
        if (k.equals("00000000-0000-0000-0000-000000000000")) return "zero";
        return foreign.computeIfAbsent(k, x -> "U" + (foreign.size() + 1));
    }

    /** Text with the run's names, ids, ports and positions replaced. */
    String text(String s) {
        String t = s.replace(prefix, "~");
        if (!hostPort.isEmpty()) t = t.replace(hostPort, "HOST:PORT");
        t = UUID_TEXT.matcher(t).replaceAll(m -> Matcher.quoteReplacement(uuid(m.group())));
        t = ISO_TIME.matcher(t).replaceAll("TIME");
        t = HTTP_DATE.matcher(t).replaceAll("date=TIME");
        t = TF_POSITION
                .matcher(t)
                .replaceAll(m -> Matcher.quoteReplacement(
                        "C:" + position(Long.parseLong(m.group(1))) + "/P:" + position(Long.parseLong(m.group(2)))));
        return t;
    }

    private String cut(String t) {
        if (t.length() <= 400) return t;
        return t.substring(0, 60) + "...(" + t.length() + " chars, sha256 " + sha(t.getBytes(StandardCharsets.UTF_8))
                + ")";
    }

    private String shown(String s) {
        return cut(text(s));
    }

    private static String sha(byte[] b) {
        try {
            byte[] d = MessageDigest.getInstance("SHA-256").digest(b);
            StringBuilder s = new StringBuilder();
            for (int i = 0; i < 6; i++) s.append(String.format(Locale.ROOT, "%02x", d[i]));
            return s.toString();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String utf8(byte[] b) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(b))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Bytes as {@code utf8:...} where they are text, else {@code hex:...}; long ones as size and digest. */
    private String bytes(ByteString bs, boolean linkMetadata) {
        byte[] b = bs.toByteArray();
        String t = utf8(b);
        if (t != null && t.indexOf('\0') < 0) {
            if (b.length > 20_000) return "utf8:(" + b.length + " bytes, sha256 " + sha(b) + ")";
            if (linkMetadata) {
                t = LINK_META.matcher(t).replaceAll(m -> {
                    String v = m.group(2);
                    String sym = m.group(1).equals("$v")
                            ? "\"V\""
                            : v.startsWith("\"") ? v : "\"" + position(Long.parseLong(v)) + "\"";
                    return Matcher.quoteReplacement("\"" + m.group(1) + "\":" + sym);
                });
            }
            return "utf8:" + shown(t);
        }
        if (b.length > 80) return "hex:(" + b.length + " bytes, sha256 " + sha(b) + ")";
        return "hex:" + hex(b).replace(hex(prefix.getBytes(StandardCharsets.UTF_8)), "~");
    }

    private static String hex(byte[] b) {
        StringBuilder s = new StringBuilder();
        for (byte x : b) s.append(String.format(Locale.ROOT, "%02x", x));
        return s.toString();
    }

    private String created(String identity, String value) {
        if (!value.matches("\\d{15,19}")) return value;
        String first = createdOf.putIfAbsent(identity, value);
        List<String> order = new ArrayList<>(createdOf.keySet());
        String sym = "T" + (order.indexOf(identity) + 1);
        return first == null || first.equals(value) ? sym : sym + " BUT ANOTHER VALUE";
    }

    // ---- messages

    Object message(Message m) {
        if (m == null) return null;
        return message(m, "");
    }

    private static boolean ofLinks(String stream) {
        return stream.startsWith("$ce-")
                || stream.startsWith("$et-")
                || stream.startsWith("$category-")
                || stream.startsWith("$streams")
                || stream.startsWith("$bc-")
                || stream.startsWith("$$$ce-")
                || stream.startsWith("$$$et-");
    }

    private Object message(Message m, String identity) {
        String full = m.getDescriptorForType().getFullName();
        if (m instanceof Shared.UUID id) {
            LinkedHashMap<String, Object> o = new LinkedHashMap<>();
            switch (id.getValueCase()) {
                case STRUCTURED ->
                    o.put(
                            "structured",
                            uuid(new UUID(
                                            id.getStructured().getMostSignificantBits(),
                                            id.getStructured().getLeastSignificantBits())
                                    .toString()));
                case STRING ->
                    o.put(
                            "string",
                            UUID_TEXT.matcher(id.getString()).matches() ? uuid(id.getString()) : text(id.getString()));
                default -> {}
            }
            return o;
        }
        if (m instanceof Shared.StreamIdentifier s) {
            String t = utf8(s.getStreamName().toByteArray());
            return t == null ? bytes(s.getStreamName(), false) : shown(t);
        }
        if (full.equals("google.protobuf.Timestamp")) return "TIME";
        if (m instanceof Any any) return any(any);
        String self = identity;
        if (full.endsWith("RecordedEvent")) {
            String stream = null;
            long rev = 0;
            long commit = 0;
            for (Map.Entry<FieldDescriptor, Object> e : m.getAllFields().entrySet()) {
                switch (e.getKey().getName()) {
                    case "stream_identifier" ->
                        stream = ((Shared.StreamIdentifier) e.getValue())
                                .getStreamName()
                                .toStringUtf8();
                    case "stream_revision" -> rev = (Long) e.getValue();
                    case "commit_position" -> commit = (Long) e.getValue();
                    default -> {}
                }
            }
            self = stream + "@" + rev;
            if (learning && stream != null && ofLinks(stream) && commit > 0) linkPositions.add(commit);
        }
        LinkedHashMap<String, Object> o = new LinkedHashMap<>();
        for (Map.Entry<FieldDescriptor, Object> e : m.getAllFields().entrySet()) {
            FieldDescriptor f = e.getKey();
            if (f.isMapField()) {
                o.put(f.getJsonName(), map((List<?>) e.getValue(), self));
            } else if (f.isRepeated()) {
                List<Object> l = new ArrayList<>();
                for (Object v : (List<?>) e.getValue()) l.add(value(f, v, self));
                o.put(f.getJsonName(), l);
            } else {
                o.put(f.getJsonName(), value(f, e.getValue(), self));
            }
        }
        return o;
    }

    private Object map(List<?> entries, String identity) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        for (Object o : entries) {
            Message entry = (Message) o;
            String k =
                    String.valueOf(entry.getField(entry.getDescriptorForType().findFieldByName("key")));
            String v =
                    String.valueOf(entry.getField(entry.getDescriptorForType().findFieldByName("value")));
            sorted.put(text(k), k.equals("created") && !identity.isEmpty() ? created(identity, v) : shown(v));
        }
        return sorted;
    }

    private Object value(FieldDescriptor f, Object v, String identity) {
        switch (f.getName()) {
            case "commit_position", "prepare_position" -> {
                return position((Long) v);
            }
            case "time_stamp" -> {
                return "TIME";
            }
            case "port" -> {
                return hostPort.endsWith(":" + v) ? "PORT" : v;
            }
            default -> {}
        }
        return switch (f.getJavaType()) {
            case MESSAGE -> message((Message) v, identity);
            case BYTE_STRING -> bytes((ByteString) v, f.getName().equals("custom_metadata"));
            case STRING -> shown((String) v);
            case ENUM -> ((EnumValueDescriptor) v).getName();
            case LONG -> f.getType() == FieldDescriptor.Type.UINT64 ? uint64((Long) v) : v;
            default -> v;
        };
    }

    private Object any(Any any) {
        LinkedHashMap<String, Object> o = new LinkedHashMap<>();
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        o.put("@type", any.getTypeUrl());
        try {
            Message m = switch (type) {
                case "event_store.client.WrongExpectedVersion" -> Shared.WrongExpectedVersion.parseFrom(any.getValue());
                case "event_store.client.StreamDeleted" -> Shared.StreamDeleted.parseFrom(any.getValue());
                case "event_store.client.MaximumAppendSizeExceeded" ->
                    Shared.MaximumAppendSizeExceeded.parseFrom(any.getValue());
                case "event_store.client.BadRequest" -> Shared.BadRequest.parseFrom(any.getValue());
                case "event_store.client.AccessDenied" -> Shared.AccessDenied.parseFrom(any.getValue());
                case "event_store.client.Timeout" -> Shared.Timeout.parseFrom(any.getValue());
                case "event_store.client.Unknown" -> Shared.Unknown.parseFrom(any.getValue());
                case "google.protobuf.Empty" -> com.google.protobuf.Empty.parseFrom(any.getValue());
                default -> null;
            };
            o.put("value", m == null ? bytes(any.getValue(), false) : message(m));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            o.put("value", bytes(any.getValue(), false));
        }
        return o;
    }
}
