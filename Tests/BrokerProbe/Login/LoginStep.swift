/// Where a probe can be made to stop in the middle of a login, in the order in which a login comes by.
package enum LoginStep: String, Codable, Sendable, CaseIterable {
    case beforeReserve, afterReserve
    case beforeSend, afterAnswer
    case beforeConclude, afterConclude
    case afterReport
}
