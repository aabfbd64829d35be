package io.headwater.jackson;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The mapper that is used unless another is given: what is stored today has to be readable for decades. */
final class JsonDefaults {
    static final JsonMapper MAPPER = mapper();

    private JsonDefaults() {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder().addModule(new RequiredPrimitives());
        writeTheSameBytes(builder);
        keepTimesAsTheyAre(builder);
        return builder.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                // Jackson would cut 1.5 down to 1, and read "1" as 1: a changed shape is for an upcaster to see.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** Whatever the run, the machine and the texts that a program shows its users. */
    private static void writeTheSameBytes(JsonMapper.Builder builder) {
        builder.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(SerializationFeature.ORDER_SET_ELEMENTS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING);
    }

    /** ISO text is the default; that it comes back with its own offset and zone is not. */
    private static void keepTimesAsTheyAre(JsonMapper.Builder builder) {
        builder.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID);
    }

    /** Without this a missing number would be read as 0, and nobody would ever know. */
    private static final class RequiredPrimitives extends SimpleModule {
        private static final long serialVersionUID = 1L;

        RequiredPrimitives() {
            super("headwater-required-primitives");
        }

        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.appendAnnotationIntrospector(new NopAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
                    boolean primitive = member.getRawType().isPrimitive();
                    return (member instanceof AnnotatedParameter && primitive) ? Boolean.TRUE : null;
                }
            });
        }
    }
}
