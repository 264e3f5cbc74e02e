/// The steps at which a probe can stop in the middle of a login, in order.
package enum LoginStep: String, Codable, Sendable, CaseIterable {
    case beforeReserve, afterReserve
    case beforeSend, afterAnswer
    case beforeConclude, afterConclude
    case afterReport
}
