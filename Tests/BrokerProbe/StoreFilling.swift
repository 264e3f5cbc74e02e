package import Foundation
package import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reserves credentials one after the other until the store refuses one, reports which, and is then killed (SIGKILL).
package struct StoreFilling: Codable, Sendable {
    package init() {}

    func run(on store: any BrokerStore, _ report: @escaping @Sendable (ProbeLine) -> Void) async {
        for number in 0... {
            do throws(StoreFailure) {
                let reservation = Self.reservation(number)
                if try await store.commit([.reserve(reservation)], at: Self.now) == .done() { report(.won(number)) }
            } catch {
                report(.refused(number, isFull: error.reason == .full, mayHaveHappened: error.mayHaveHappened))
                kill(getpid(), SIGKILL)
            }
        }
    }

    /// The time on the probe's clock.
    package static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// The reservation that the probe requests with this number; another process gets it only if the probe did not.
    package static func reservation(_ number: Int) -> OneTimeReservation {
        OneTimeReservation(key: .numbered(number), login: UUID(), expiry: now.addingTimeInterval(86_400))
    }
}
