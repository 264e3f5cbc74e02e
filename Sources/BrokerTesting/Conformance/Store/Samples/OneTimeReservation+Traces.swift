import Foundation
import IdentityBroker

extension OneTimeReservation {
    /// The texts that would identify it in a message: the start of its digest in the usual encodings, and its login.
    var traces: [String] {
        let start = key.digest.prefix(9)
        return [
            start.hexadecimal,
            Data(start).base64EncodedString(),
            start.map(String.init).joined(separator: ", "),
            login.uuidString,
        ]
    }
}
