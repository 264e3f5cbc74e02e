import Foundation
import IdentityBroker

extension StoreRules {
    static let reserving: [StoreRule<StoreBench>] = [
        StoreRule(
            "the first caller gets a credential, and no later one",
            because: "A credential held by two logins is sent to the upstream twice."
        ) { bench in
            let store = try await bench.open()
            let first = OneTimeReservation.sample()
            try await store.mustGrant(first, "to the first caller")
            try await store.mustRefuse(.sample(), "to a second caller")
            try await store.mustRefuse(first, "to the login that already has the credential")
        },
        StoreRule(
            "a reservation leaves every other credential free",
            because: "A digest is 32 arbitrary bytes; one truncated, or read as text, locks out someone else's login."
        ) { bench in
            let store = try await bench.open()
            for (name, key) in OneTimeKey.nearlyTheSame {
                let reservation = OneTimeReservation(key: key, login: UUID(), expiry: .second(86_400))
                try await store.mustGrant(reservation, "for \(name), which no one had reserved")
            }
        },
        StoreRule(
            "many credentials are held side by side",
            because: "A store that makes room by dropping entries lets a spent credential through."
        ) { bench in
            let store = try await bench.open()
            for number in 0..<250 { try await store.mustGrant(.sample(number), "for credential \(number)") }
            for number in 0..<250 {
                try await store.mustRefuse(.sample(number), "for credential \(number), which is held among 250 others")
            }
        },
    ]
}

extension OneTimeKey {
    /// Keys that a careless comparison confuses.
    fileprivate static let nearlyTheSame: [(String, OneTimeKey)] = {
        let zeros = [UInt8](repeating: 0, count: 32)
        func changing(_ index: Int, to byte: UInt8) -> OneTimeKey {
            var digest = zeros
            digest[index] = byte
            return OneTimeKey(digest: digest)
        }
        return [
            ("the digest of zeros", OneTimeKey(digest: zeros)),
            ("a digest with another last byte", changing(31, to: 1)),
            ("a digest with another first byte", changing(0, to: 1)),
            ("a digest with the highest bit", changing(16, to: 0x80)),
            ("a digest with a quotation mark", changing(16, to: UInt8(ascii: "'"))),
            ("a digest with an upper-case letter", changing(16, to: UInt8(ascii: "A"))),
            ("a digest with a lower-case letter", changing(16, to: UInt8(ascii: "a"))),
            ("a digest that is not UTF-8", OneTimeKey(digest: [UInt8](repeating: 0xFF, count: 32))),
            ("another digest that is not UTF-8", OneTimeKey(digest: [UInt8](repeating: 0xFE, count: 32))),
        ]
    }()
}
