import WXAppClient

extension WXAppOutcome {
    /// The outcome in a line, so that a table of cases can state it.
    var summary: String {
        switch self {
        case .authorized(let ticket): "authorized \(ticket.value)"
        case .cancelled: "cancelled"
        case .failed(let failure): "failed \(failure.kind.rawValue)" + (failure.upstreamCode.map { " \($0)" } ?? "")
        }
    }

    var failure: WXAppFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}

/// A deterministic generator, so that a failing test fails again.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
