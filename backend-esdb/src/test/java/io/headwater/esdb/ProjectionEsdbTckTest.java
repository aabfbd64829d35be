package io.headwater.esdb;

import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Categories are read by the server's projection, which is paused now and then. */
@Tag("full")
class ProjectionEsdbTckTest extends EventStoreTck {
    private static final int MILLIS = 200;
    private static final Random RANDOM = new Random();
    private static final ScheduledExecutorService PAUSES = Executors.newSingleThreadScheduledExecutor();

    private static volatile EsdbServer server;

    @AfterAll
    static void end() {
        PAUSES.shutdownNow();
    }

    @Override
    protected Tck tck() {
        PAUSES.scheduleWithFixedDelay(ProjectionEsdbTckTest::pauseOrResume, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
        return EsdbFixture.tck(new ServerPerGroup(ProjectionEsdbTckTest::start, "&categories=projection"));
    }

    private static EsdbServer start() {
        server = EsdbServer.start(Profile.V24);
        server.startProjections();
        return server;
    }

    private static void pauseOrResume() {
        if (RANDOM.nextBoolean()) {
            server.pauseProjections();
        } else {
            server.resumeProjections();
        }
    }
}
