package import IdentityBroker

/// The place of a request in a trace, as the W3C recommendation Trace Context hands it on (`traceparent`, `tracestate`).
///
/// The broker takes part in traces without a tracer: its logs name the trace, and so does its answer.
package struct TraceContext: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, not all of them zero.
    package let traceID: String
    /// 16 lower-case hexadecimal digits, not all of them zero: the request that this context came with, or this very one
    /// after ``child(_:)``.
    package let parentID: String
    /// Whether the caller may have recorded the trace.
    package let isSampled: Bool
    /// What tracing systems pass on among themselves, within 512 bytes.
    package let state: String?

    /// A new trace, which nobody records.
    package static func make(_ random: RandomSource) -> TraceContext {
        TraceContext(traceID: hexID(16, random), parentID: hexID(8, random), isSampled: false, state: nil)
    }

    /// The same trace with an id of this request's own.
    package func child(_ random: RandomSource) -> TraceContext {
        TraceContext(traceID: traceID, parentID: Self.hexID(8, random), isSampled: isSampled, state: state)
    }

    private static func hexID(_ count: Int, _ random: RandomSource) -> String {
        var bytes = random.bytes(count)
        // All zero means "none". No other id is less random for it.
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
