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
