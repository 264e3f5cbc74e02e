import Foundation
import IdentityBroker

extension OneTimeKey {
    /// A key that only this number has.
    static func sample(_ number: Int) -> OneTimeKey {
        OneTimeKey(digest: (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) ^ UInt8($0 * 7) })
    }
}

extension OneTimeReservation {
    /// A reservation of the credential with this number, by a new login, by default for a day.
    static func sample(_ number: Int = 0, until expiry: Date = .second(86_400)) -> OneTimeReservation {
        OneTimeReservation(key: .sample(number), login: UUID(), expiry: expiry)
    }

    /// The same credential, as another login would request it.
    var byAnotherLogin: OneTimeReservation {
        OneTimeReservation(key: key, login: UUID(), expiry: expiry)
    }
}
