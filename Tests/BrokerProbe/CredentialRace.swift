import Foundation
import IdentityBroker

/// Has many callers reserve the same credentials, and reports which were won.
package struct CredentialRace: Codable, Sendable {
    private let credentials: Int
    private let callers: Int

    /// - Parameters:
    ///   - credentials: The number of credentials. The same number is the same credential in every process.
    ///   - callers: The number of simultaneous callers for each.
    package init(credentials: Int, callers: Int) {
        self.credentials = credentials
        self.callers = callers
    }

    func run(on store: any BrokerStore, _ report: @escaping @Sendable (ProbeLine) -> Void) async throws {
        let now = Date(timeIntervalSince1970: 1_767_323_045)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<credentials * callers {
                let credential = number % credentials
                let reservation = OneTimeReservation(
                    key: .numbered(credential), login: UUID(), expiry: now.addingTimeInterval(86_400))
                group.addTask {
                    if try await store.commit([.reserve(reservation)], at: now) == .done() { report(.won(credential)) }
                }
            }
            try await group.waitForAll()
        }
    }
}

extension OneTimeKey {
    static func numbered(_ number: Int) -> OneTimeKey {
        OneTimeKey(digest: (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) })
    }
}
