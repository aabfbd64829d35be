package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.StreamId;
import java.util.List;
import java.util.Map;

/** An append to one or several streams. */
record AppendStep(AppendRequest request) implements Step {

    @Override
    public String operation() {
        return request.isMultiStream() ? "append, several streams" : "append";
    }

    @Override
    public Answer on(Subject subject) {
        return subject.append(request);
    }

    @Override
    public Step renamed(Naming naming) {
        return new AppendStep(naming.of(request));
    }

    @Override
    public List<Step> simpler() {
        return SimplerRequests.of(request).<Step>map(AppendStep::new).toList();
    }

    @Override
    public List<AppendRequest> requests() {
        return List.of(request);
    }

    @Override
    public Step lowered(Map<StreamId, Integer> fewer) {
        return new AppendStep(SimplerRequests.lowered(request, fewer));
    }

    @Override
    public String code() {
        return Code.request(request);
    }
}
