package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.StreamId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A series of appends in one call. */
record AppendAllStep(List<AppendRequest> requests) implements Step {

    @Override
    public String operation() {
        return "appendAll";
    }

    @Override
    public Answer on(Subject subject) {
        return subject.appendAll(requests);
    }

    @Override
    public Step renamed(Naming naming) {
        return new AppendAllStep(requests.stream().map(naming::of).toList());
    }

    @Override
    public List<Step> simpler() {
        Stream<Step> single =
                requests.stream().filter(only -> requests.size() == 1).map(AppendStep::new);
        Stream<Step> smaller = Stream.concat(
                        Variants.withoutOne(requests), Variants.withOneSimpler(requests, SimplerRequests::of))
                .map(AppendAllStep::new);
        return Stream.concat(single, smaller).toList();
    }

    @Override
    public Step lowered(Map<StreamId, Integer> fewer) {
        return new AppendAllStep(requests.stream()
                .map(request -> SimplerRequests.lowered(request, fewer))
                .toList());
    }

    @Override
    public List<Step> parts() {
        return requests.stream().<Step>map(AppendStep::new).toList();
    }

    @Override
    public Answer joined(List<Answer> answers) {
        return Answers.series(requests, answers);
    }

    @Override
    public boolean endsWith(Answer answer) {
        return Answers.endsSeries(answer);
    }

    @Override
    public String code() {
        return requests.stream().map(Code::request).collect(Collectors.joining(", ", "appendAll(", ")"));
    }
}
