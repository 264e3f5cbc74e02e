package import IdentityBroker

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
