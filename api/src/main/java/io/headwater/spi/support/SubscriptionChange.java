package io.headwater.spi.support;

import io.headwater.IncompatibleStore;
import io.headwater.Metadata;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of the state of a subscription.
 *
 * <p>The encoded form ends with the term and the renewals of the lease. The first version did not have them, and
 * ignores them. If they are absent, they are read as {@link CheckpointStore#LONGEST_TERM} and 0, so that such a lease
 * ends only by the clock.
 *
 * @param subscription the name of the subscription
 * @param lease the new state of its lease
 * @param clear whether its checkpoints and records are removed first
 * @param checkpoint the new checkpoint; empty for none
 * @param records the changes of its records
 */
record SubscriptionChange(
        String subscription,
        LeaseState lease,
        boolean clear,
        Optional<Checkpoint> checkpoint,
        List<RecordChange> records) {
    /** The first byte of a change. */
    static final byte FORMAT = 1;

    SubscriptionChange {
        records = List.copyOf(records);
    }

    /**
     * The state of a lease.
     *
     * @param epoch the epoch, which only grows; a lease of another epoch is lost
     * @param owner the owner that acquired it last
     * @param until when it expires
     * @param term how long it lasts from its last renewal
     * @param renewals how often it was renewed since it was acquired
     */
    record LeaseState(long epoch, String owner, Instant until, Duration term, long renewals) {
        static final LeaseState FREE = new LeaseState(0, "", Instant.MIN, CheckpointStore.LONGEST_TERM, 0);

        LeaseState acquired(String by, Instant now, Duration lasting) {
            return new LeaseState(epoch + 1, by, now.plus(lasting), lasting, 0);
        }

        LeaseState renewed(Instant now, Duration lasting) {
            return new LeaseState(epoch, owner, now.plus(lasting), lasting, renewals + 1);
        }

        LeaseState fenced() {
            return new LeaseState(epoch + 1, owner, Instant.MIN, term, 0);
        }

        /**
         * Returns whether this state cannot follow the previous one: the epoch went back, or the owner changed without
         * a new epoch.
         */
        boolean contradicts(LeaseState before) {
            return epoch < before.epoch() || (epoch == before.epoch() && !owner.equals(before.owner()));
        }

        private LeaseState lasting(Duration newTerm, long newRenewals) {
            return new LeaseState(epoch, owner, until, newTerm, newRenewals);
        }
    }

    /** Returns a change of the lease only. */
    static SubscriptionChange of(String subscription, LeaseState lease) {
        return of(subscription, lease, List.of());
    }

    /** Returns a change of records. */
    static SubscriptionChange of(String subscription, LeaseState lease, List<RecordChange> records) {
        return new SubscriptionChange(subscription, lease, false, Optional.empty(), records);
    }

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(subscription);
            out.writeLong(lease.epoch());
            out.writeUTF(lease.owner());
            write(out, lease.until());
            out.writeBoolean(clear);
            out.writeBoolean(checkpoint.isPresent());
            if (checkpoint.isPresent()) {
                write(out, checkpoint.get());
            }
            out.writeInt(records.size());
            for (RecordChange record : records) {
                write(out, record);
            }
            write(out, lease.term());
            out.writeLong(lease.renewals());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static void write(DataOutputStream out, Duration time) throws IOException {
        out.writeLong(time.getSeconds());
        out.writeInt(time.getNano());
    }

    private static void write(DataOutputStream out, Checkpoint checkpoint) throws IOException {
        out.writeInt(checkpoint.partition());
        out.writeLong(Positions.number(checkpoint.position()));
        write(out, checkpoint.savedAt());
        out.writeUTF(checkpoint.storeId());
    }

    private static void write(DataOutputStream out, RecordChange record) throws IOException {
        out.writeUTF(record.kind());
        out.writeUTF(record.key());
        out.writeBoolean(record.fields().isPresent());
        if (record.fields().isPresent()) {
            byte[] fields = record.fields().get().encoded();
            out.writeInt(fields.length);
            out.write(fields);
        }
    }

    static SubscriptionChange decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IncompatibleStore(
                        "a checkpoint has the format %s, and this version reads %s; use the version that wrote it"
                                .formatted(format, FORMAT),
                        null);
            }
            String subscription = in.readUTF();
            LeaseState lease = readLease(in);
            boolean clear = in.readBoolean();
            Optional<Checkpoint> checkpoint =
                    in.readBoolean() ? Optional.of(readCheckpoint(in, subscription)) : Optional.empty();
            List<RecordChange> records = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                records.add(readRecord(in));
            }
            LeaseState complete = in.available() == 0 ? lease : lease.lasting(readDuration(in), in.readLong());
            return new SubscriptionChange(subscription, complete, clear, checkpoint, records);
        } catch (IOException e) {
            throw new IncompatibleStore(
                    "a stored checkpoint is damaged: it ends too early; check the disk, and restore a backup", e);
        }
    }

    private static LeaseState readLease(DataInputStream in) throws IOException {
        return new LeaseState(in.readLong(), in.readUTF(), readInstant(in), CheckpointStore.LONGEST_TERM, 0);
    }

    private static Duration readDuration(DataInputStream in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static Checkpoint readCheckpoint(DataInputStream in, String subscription) throws IOException {
        return new Checkpoint(subscription, in.readInt(), Positions.of(in.readLong()), readInstant(in), in.readUTF());
    }

    private static RecordChange readRecord(DataInputStream in) throws IOException {
        String kind = in.readUTF();
        String key = in.readUTF();
        return in.readBoolean()
                ? RecordChange.put(kind, key, Metadata.decoded(in.readNBytes(in.readInt())))
                : RecordChange.remove(kind, key);
    }
}
