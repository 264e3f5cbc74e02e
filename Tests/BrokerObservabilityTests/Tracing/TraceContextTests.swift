import HTTPTypes
import IdentityBroker
import InMemoryTracing
import Instrumentation
import Logging
import Testing

@testable import BrokerObservability

@Suite("The trace of a request")
struct TraceContextTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private let random = RandomSource { Array(repeating: 0xAB, count: $0) }

    private func fields(_ pairs: (String, String)...) throws -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs {
            fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        return fields
    }

    @Test("is read from its fields, and passed on unchanged")
    func roundTrip() throws {
        let fields = try fields(("Traceparent", Self.parent), ("Tracestate", "a=1"), ("tracestate", "b=2"))
        let context = try #require(TraceContext(fields))
        #expect(context.state == "a=1,b=2")
        var out = try self.fields(("tracestate", "old=1"))
        context.write(to: &out)
        #expect(out == (try self.fields(("tracestate", "a=1,b=2"), ("traceparent", Self.parent))))
    }

    @Test("is passed on in version 00 with the known flags")
    func version() throws {
        let later = Self.parent.replacing("00-4", with: "05-4").replacing("-01", with: "-ff-more")
        let context = try #require(TraceContext(fields(("traceparent", later))))
        #expect(context.traceparent == Self.parent)
    }

    @Test("requires exactly one well-formed traceparent")
    func none() throws {
        #expect(TraceContext(HTTPFields()) == nil)
        #expect(TraceContext(try fields(("tracestate", "a=1"))) == nil)
        #expect(TraceContext(try fields(("traceparent", "x"), ("tracestate", "a=1"))) == nil)
        #expect(TraceContext(try fields(("traceparent", Self.parent), ("traceparent", Self.parent))) == nil)
    }

    @Test("continues without a malformed tracestate")
    func badState() throws {
        let context = try #require(TraceContext(fields(("traceparent", Self.parent), ("tracestate", "A"))))
        #expect(context.state == nil)
        #expect(context.traceparent == Self.parent)
    }

    @Test("includes a request of this service")
    func child() throws {
        let child = try #require(TraceContext(fields(("traceparent", Self.parent)))).child(random)
        #expect(child.traceparent == "00-4bf92f3577b34da6a3ce929d0e0e4736-abababababababab-01")
    }

    @Test("is new if there is none, and well formed whatever the random bytes")
    func make() {
        let made = TraceContext.make(random)
        #expect(made.traceparent == "00-abababababababababababababababab-abababababababab-00")
        let zero = TraceContext.make(RandomSource { Array(repeating: 0, count: $0) })
        #expect(TraceParent(zero.traceparent) != nil)
    }

    @Test("is in a task's context, and in its log lines")
    func log() throws {
        let context = InstrumentationContext.incoming(
            try fields(("traceparent", Self.parent)), cameThroughProxy: true, by: NoOpInstrument(), random)
        let metadata = InstrumentationContext.withValue(context) { Logger.MetadataProvider.traceContext.get() }
        #expect(
            metadata == ["trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "abababababababab"])
        #expect(Logger.MetadataProvider.traceContext.get() == [:])
    }

    @Test("is also read by the process's instrument, but only from a trusted proxy", arguments: [true, false])
    func instrument(cameThroughProxy: Bool) throws {
        let tracer = InMemoryTracer()
        let context = InstrumentationContext.incoming(
            try fields(
                (InMemoryTracer.traceIDKey, "1"), (InMemoryTracer.spanIDKey, "2"), ("traceparent", Self.parent),
                ("tracestate", "a=1")),
            cameThroughProxy: cameThroughProxy, by: tracer, random)
        #expect(tracer.performedContextExtractions.count == (cameThroughProxy ? 1 : 0))
        let made = TraceContext.make(random)
        #expect((context.traceContext == made) == !cameThroughProxy)
    }
}
