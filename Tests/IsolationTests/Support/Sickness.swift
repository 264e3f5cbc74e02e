import BrokerTesting
import LoopbackServer
import Testing

/// What is wrong with an upstream.
enum Sickness: CaseIterable, Sendable, CustomTestStringConvertible {
    case hanging, flooding, crashing

    /// What it does with a request while it is failing.
    func script(for request: Int) -> ServerScript {
        switch self {
        case .hanging: request.isMultiple(of: 2) ? .hang : .hangAfterHeaders
        case .flooding: request.isMultiple(of: 2) ? .endlessBody : .endlessHeaders
        case .crashing: request.isMultiple(of: 2) ? .reset : .close
        }
    }

    var testDescription: String { "\(self)" }
}
