package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random scripts answered as the contract says, and as another backend answers them. The profile "full" runs 500 of each. */
class EsdbFuzzTest {
    private static final int SCRIPTS = Integer.getInteger("headwater.esdb.scripts", 20);

    private final EsdbServer server = EsdbServer.start(Profile.V24);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_store_answers_as_the_contract_says() {
        check(Fuzz.of(EsdbFixture.url(server)));
    }

    @Test
    void the_store_answers_as_memory_does() {
        check(Fuzz.between("memory:", EsdbFixture.url(server)));
    }

    private static void check(Fuzz fuzz) {
        FuzzReport report = fuzz.scripts(SCRIPTS).seed(1).run();
        assertThat(report.failure()).as(report.text()).isEmpty();
    }
}
