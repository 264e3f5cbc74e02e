import IdentityBroker
import InMemoryTracing
import Logging
import MetricsTestKit
import Tracing

/// Everything that a login leaves behind besides its outcome.
struct LoginRecorder: Sendable {
    let log = LogRecording()
    let metrics = TestMetrics()
    let tracer = InMemoryTracer()

    /// The labels and dimensions of all metrics.
    var metricsText: String {
        let labels =
            metrics.counters.map { "\($0.label) \($0.dimensions)" }
            + metrics.timers.map { "\($0.label) \($0.dimensions)" }
            + metrics.meters.map { "\($0.label) \($0.dimensions)" }
            + metrics.recorders.map { "\($0.label) \($0.dimensions)" }
        return labels.joined(separator: "\n")
    }

    /// The names, attributes, events, errors and statuses of all spans.
    var spansText: String {
        tracer.finishedSpans.map { span in
            let events = span.events.map { "\($0.name) \(Self.text(of: $0.attributes))" }
            let errors = span.errors.map { "\($0.error) \(Self.text(of: $0.attributes))" }
            let status = span.status?.message ?? ""
            return ([span.operationName, Self.text(of: span.attributes), status] + events + errors)
                .joined(separator: "\n")
        }
        .joined(separator: "\n")
    }

    private static func text(of attributes: SpanAttributes) -> String {
        var text = ""
        attributes.forEach { name, attribute in text += "\(name)=\(attribute) " }
        return text
    }
}
