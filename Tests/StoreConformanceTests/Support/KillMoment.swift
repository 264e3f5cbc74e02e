import Testing
import broker_probe

/// When a login's process is killed.
enum KillMoment: Sendable, CaseIterable, CustomTestStringConvertible {
    case beforeReserve, afterReserve, beforeSend
    /// The request is at the upstream, which holds back its answer.
    case atUpstream
    case afterAnswer, beforeConclude, afterConclude, afterReport

    /// The step at which the login stops to be killed; nil if the upstream stops it.
    var step: LoginStep? {
        switch self {
        case .beforeReserve: .beforeReserve
        case .afterReserve: .afterReserve
        case .beforeSend: .beforeSend
        case .atUpstream: nil
        case .afterAnswer: .afterAnswer
        case .beforeConclude: .beforeConclude
        case .afterConclude: .afterConclude
        case .afterReport: .afterReport
        }
    }

    /// Whether the credential is reserved by then.
    var isReserved: Bool { self != .beforeReserve }

    /// How often the upstream has seen the credential by then.
    var presentations: Int {
        switch self {
        case .beforeReserve, .afterReserve, .beforeSend: 0
        case .atUpstream, .afterAnswer, .beforeConclude, .afterConclude, .afterReport: 1
        }
    }

    /// How many events are recorded by then.
    var events: Int {
        switch self {
        case .beforeReserve, .afterReserve, .beforeSend, .atUpstream, .afterAnswer, .beforeConclude: 0
        case .afterConclude, .afterReport: 1
        }
    }

    var testDescription: String { "\(self)" }
}
