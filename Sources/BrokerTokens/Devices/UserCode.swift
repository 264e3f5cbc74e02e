import Foundation
import IdentityBroker

/// What a person reads on a device and types into a browser (RFC 8628 §6.1): eight letters, without vowels, so that they form
/// no words, and without those that look alike.
///
/// There are 25 billion of them. What keeps a stranger from guessing one is ``UserCodeEntries``.
struct UserCode: Hashable {
    private let letters: [UInt8]

    private static let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ".utf8)
    private static let length = 8
    /// What may be typed for one, with whatever separates the letters.
    private static let mostTyped = 64

    /// A new code.
    init(_ randomness: RandomSource) {
        var letters: [UInt8] = []
        // Bytes beyond the last multiple would make some letters likelier.
        let bound = 256 / Self.alphabet.count * Self.alphabet.count
        while letters.count < Self.length {
            for byte in randomness.bytes(Self.length) where Int(byte) < bound && letters.count < Self.length {
                letters.append(Self.alphabet[Int(byte) % Self.alphabet.count])
            }
        }
        self.letters = letters
    }

    /// Reads what a person typed, in any case and with any separators; nil if it is no code.
    init?(typed text: String) {
        guard text.utf8.count <= Self.mostTyped else { return nil }
        let letters = text.uppercased().unicodeScalars.filter(\.properties.isAlphabetic)
        let bytes = letters.compactMap { UInt8(exactly: $0.value) }
        guard bytes.count == letters.count, bytes.count == Self.length, bytes.allSatisfy(Self.alphabet.contains) else {
            return nil
        }
        self.letters = bytes
    }

    /// The code as it is shown: `WDJB-MJHT`.
    var text: String {
        let text = String(decoding: letters, as: UTF8.self)
        return "\(text.prefix(4))-\(text.suffix(4))"
    }

    /// The id of the record that leads to the device.
    var recordID: RecordID { RecordID(digestOf: letters) }
}

/// The way from a user code to its device.
struct UserCodeRecord: RecordBody, Codable {
    static let recordKind: RecordKind = "user_code"

    /// The id of the device's record.
    let device: String
}

/// How many user codes a person has entered lately, right or wrong.
///
/// Each entry is counted before the code is looked up, so that entries which race are all counted (RFC 8628 §5.1).
struct UserCodeEntries: RecordBody, Codable {
    static let recordKind: RecordKind = "user_code_entries"

    /// How many a person may enter within the time.
    static let most = 30
    static let period = Duration.seconds(600)

    private(set) var count: Int
    /// When the period ends.
    let end: Date

    /// The record of a first entry.
    static func first(by account: AccountID, at now: Date) -> Record<UserCodeEntries> {
        let end = now + period
        return Record(
            UserCodeEntries(count: 1, end: end), id: RecordID(account.value), owners: [.account(account)], expiry: end)
    }

    /// One entry more; nil if that is too many.
    func next() -> UserCodeEntries? {
        count < Self.most ? UserCodeEntries(count: count + 1, end: end) : nil
    }
}
