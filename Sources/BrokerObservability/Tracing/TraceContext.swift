package import HTTPTypes
package import IdentityBroker
package import Instrumentation
public import Logging

/// The place of a request in a trace, as the W3C recommendation Trace Context propagates it (`traceparent`,
/// `tracestate`).
///
/// The broker takes part in traces even without a tracer: its logs and its responses name the trace.
package struct TraceContext: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, not all of them zero.
    package let traceID: String
    /// 16 lower-case hexadecimal digits, not all of them zero: the caller's id as received, or this request's own after
    /// ``child(_:)``.
    package let parentID: String
    /// Whether the caller may have recorded the trace.
    package let isSampled: Bool
    /// Data of the tracing systems, at most 512 bytes.
    package let state: String?

    /// A new trace, not sampled.
    package static func make(_ random: RandomSource) -> TraceContext {
        TraceContext(traceID: hexID(16, random), parentID: hexID(8, random), isSampled: false, state: nil)
    }

    /// The same trace, with a new id for this request.
    package func child(_ random: RandomSource) -> TraceContext {
        TraceContext(traceID: traceID, parentID: Self.hexID(8, random), isSampled: isSampled, state: state)
    }

    private static func hexID(_ count: Int, _ random: RandomSource) -> String {
        var bytes = random.bytes(count)
        // All zeros means "none", so this one value is replaced.
        if bytes.allSatisfy({ $0 == 0 }) { bytes[count - 1] = 1 }
        let digits = bytes.reduce(into: [UInt8]()) { digits, byte in
            digits.append(hexDigit(byte >> 4))
            digits.append(hexDigit(byte & 0xF))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

/// The key under which a task's context keeps its ``TraceContext``.
package enum TraceContextKey: InstrumentationContextKey {
    package typealias Value = TraceContext

    package static var nameOverride: String? { "trace-context" }
}

extension InstrumentationContext {
    /// The place of the request in its trace.
    package var traceContext: TraceContext? {
        get { self[TraceContextKey.self] }
        set { self[TraceContextKey.self] = newValue }
    }
}

extension TraceContext {
    /// Reads a request's fields. Returns nil if `traceparent` is absent, repeated or malformed; a malformed
    /// `tracestate` is ignored.
    package init?(_ fields: HTTPFields) {
        let parents = fields.values(of: "traceparent")
        guard parents.count == 1, let parent = TraceParent(parents[0]) else { return nil }
        let state = TraceState(fields.values(of: "tracestate"))
        self.init(traceID: parent.traceID, parentID: parent.parentID, isSampled: parent.isSampled, state: state?.text)
    }

    /// The value of `traceparent`, in version 00.
    package var traceparent: String {
        "00-\(traceID)-\(parentID)-\(isSampled ? "01" : "00")"
    }

    /// Writes both fields.
    package func write(to fields: inout HTTPFields) {
        fields.set("traceparent", to: traceparent)
        fields.set("tracestate", to: state)
    }
}

extension HTTPFields {
    fileprivate mutating func set(_ name: String, to value: String?) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}

extension InstrumentationContext {
    /// The context of a request: what the process's instrument extracts from its fields, and its place in the trace
    /// that they name or, without one, in a new trace.
    ///
    /// The fields are read only if a trusted proxy passed the request on: otherwise strangers could add their requests
    /// to other people's traces, and have as many recorded as they like (W3C Trace Context, "Security Considerations").
    package static func incoming(
        _ fields: HTTPFields,
        cameThroughProxy: Bool,
        by instrument: any Instrument,
        _ random: RandomSource
    ) -> InstrumentationContext {
        var context = InstrumentationContext.topLevel
        guard cameThroughProxy else {
            context.traceContext = .make(random)
            return context
        }
        instrument.extract(fields, into: &context, using: HTTPFieldsExtractor())
        context.traceContext = TraceContext(fields)?.child(random) ?? .make(random)
        return context
    }
}

/// Lets an instrument read a request's fields.
private struct HTTPFieldsExtractor: Extractor {
    func extract(key: String, from carrier: HTTPFields) -> String? {
        HTTPField.Name(key).flatMap { carrier[$0] }
    }
}

extension Logger.MetadataProvider {
    /// The `trace_id` and `span_id` of the request that the current task serves, so that its log lines can be found by
    /// trace.
    public static var traceContext: Logger.MetadataProvider {
        Logger.MetadataProvider {
            guard let trace = InstrumentationContext.current?.traceContext else { return [:] }
            return ["trace_id": "\(trace.traceID)", "span_id": "\(trace.parentID)"]
        }
    }
}
