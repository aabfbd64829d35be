package io.headwater.project.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.headwater.EventStores;
import io.headwater.Position;
import io.headwater.tck.catalogue.Catalogue;

/** What may depend on what, over all modules: this one sees them all. */
@AnalyzeClasses(
        packages = "io.headwater",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoJarsOfTests.class})
class ArchitectureTest {
    /** The fixtures that modules lend to each other's tests. */
    static final class NoJarsOfTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String API = "io.headwater";
    private static final String SPI = "io.headwater.spi..";
    private static final String INTERNAL = "io.headwater.internal..";
    private static final String CODEC = "io.headwater.jackson..";
    private static final String MIGRATION = "io.headwater.migration..";
    private static final String JDBC = "io.headwater.jdbc..";
    private static final String[] ON_JDBC = {"io.headwater.sqlite..", "io.headwater.postgres.."};
    private static final String[] NOT_BACKENDS = {
        API, SPI, INTERNAL, CODEC, MIGRATION, "io.headwater.tck..", "io.headwater.cli..", "io.headwater.benchmarks.."
    };

    @ArchTest
    static final ArchRule backends_see_the_api_and_the_spi_and_nothing_internal = noClasses()
            .that()
            .resideOutsideOfPackages(NOT_BACKENDS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNAL, CODEC, MIGRATION, "io.headwater.tck..", "io.headwater.cli..");

    /** Every other package right below {@code io.headwater} is a backend, of today or of tomorrow. */
    @ArchTest
    static final ArchRule backends_never_see_each_other = slices().matching("io.headwater.(*)..")
            .as("backends")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage(NOT_BACKENDS), resideInAPackage("io.headwater.."))
            .ignoreDependency(resideInAPackage("io.headwater.."), resideInAnyPackage(NOT_BACKENDS))
            .ignoreDependency(resideInAnyPackage(ON_JDBC), resideInAPackage(JDBC));

    @ArchTest
    static final ArchRule only_backends_on_jdbc_see_jdbc = noClasses()
            .that()
            .resideOutsideOfPackages(
                    JDBC, "io.headwater.sqlite..", "io.headwater.postgres..", "io.headwater.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule only_the_dynamodb_backend_sees_the_sdk_of_aws = noClasses()
            .that()
            .resideOutsideOfPackages("io.headwater.dynamodb..", "io.headwater.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule only_the_backend_of_eventstoredb_sees_grpc = noClasses()
            .that()
            .resideOutsideOfPackage("io.headwater.esdb..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "com.google.rpc..");

    @ArchTest
    static final ArchRule of_the_client_of_eventstoredb_only_the_stubs_are_used = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.kurrent..", "io.kurrentdb..")
                    .and(not(resideInAPackage("io.kurrent.dbclient.proto.."))));

    @ArchTest
    static final ArchRule the_codec_sees_the_api_only = noClasses()
            .that()
            .resideInAPackage(CODEC)
            .should()
            .dependOnClassesThat(resideInAPackage("io.headwater..").and(not(resideInAnyPackage(API, CODEC))));

    @ArchTest
    static final ArchRule only_the_codec_binds_json_to_classes = noClasses()
            .that()
            .resideOutsideOfPackage(CODEC)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson.databind..");

    @ArchTest
    static final ArchRule only_the_codec_and_the_command_see_jackson = noClasses()
            .that()
            .resideOutsideOfPackages(CODEC, "io.headwater.cli..", "io.headwater.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule the_tck_knows_no_backend = noClasses()
            .that()
            .resideInAPackage("io.headwater.tck..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.headwater..").and(not(resideInAnyPackage(API, SPI, "io.headwater.tck.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_the_door_of_the_api_sees_what_is_behind_it = noClasses()
            .that()
            .resideInAPackage(API)
            .and()
            .areNotAssignableTo(EventStores.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNAL, SPI);

    @ArchTest
    static final ArchRule the_api_brings_no_library_with_it = classes()
            .that()
            .resideInAnyPackage(API, SPI, INTERNAL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API, SPI, INTERNAL, "java..", "org.jspecify..", "org.slf4j..");

    /**
     * Positions are opaque (G2). Two classes keep many of them in little space, and hand out only those that were given
     * to them.
     */
    @ArchTest
    static final ArchRule only_backends_and_the_spi_see_the_numbers_of_positions = noClasses()
            .that()
            .resideInAnyPackage(API, INTERNAL, CODEC, "io.headwater.tck..", "io.headwater.cli..")
            .and()
            .areNotAssignableTo(Position.class)
            .and()
            .areNotAssignableTo(Position.Numbers.class)
            .and()
            .doNotHaveFullyQualifiedName("io.headwater.internal.subscription.audit.Digest")
            .and()
            .doNotHaveFullyQualifiedName("io.headwater.internal.subscription.lease.OutOfOrderAcks")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Position.Numbers.class);

    /** Within their package the classes of the API could. */
    @ArchTest
    static final ArchRule the_api_does_not_compute_positions = noClasses()
            .that()
            .resideInAPackage(API)
            .and()
            .areNotAssignableTo(Position.class)
            .and()
            .areNotAssignableTo(Position.Numbers.class)
            .should()
            .callMethod(Position.class, "of", long.class)
            .orShould()
            .callMethod(Position.class, "value");

    @ArchTest
    static final ArchRule parts_of_the_subscription_engine_form_no_circle = slices().matching(
                    "io.headwater.internal.subscription.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_of_the_command_form_no_circle =
            slices().matching("io.headwater.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_of_the_command_do_not_see_the_commands = noClasses()
            .that()
            .resideInAnyPackage("io.headwater.cli.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwater.cli");

    @ArchTest
    static final ArchRule migration_brings_no_library_with_it = classes()
            .that()
            .resideInAPackage(MIGRATION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(MIGRATION, API, SPI, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_core_of_the_import_knows_no_format = noClasses()
            .that()
            .resideInAPackage("io.headwater.migration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwater.migration.json");

    @ArchTest
    static final ArchRule parts_of_the_migration_form_no_circle =
            slices().matching("io.headwater.migration.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_of_the_migration_do_not_see_what_users_call = noClasses()
            .that()
            .resideInAnyPackage("io.headwater.migration.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headwater.migration");

    /** What rules share is in the package support. */
    @ArchTest
    static final ArchRule the_catalogue_holds_rules_only = classes()
            .that()
            .resideInAPackage("io.headwater.tck.catalogue")
            .and()
            .areTopLevelClasses()
            .and()
            .areNotAssignableTo(Catalogue.class)
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveSimpleNameEndingWith("Rules");

    @ArchTest
    static final ArchRule parts_of_the_tck_form_no_cycle = slices().matching("io.headwater.tck.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);
}
