import Foundation
import FuzzSupport

import JOSE

/// The properties of base64url.
enum EncodingProperties {
    static func check(_ bytes: [UInt8]) {
        property("What is encoded is decoded", holds: Base64URL.decode(Array(encode(bytes).utf8)[...]) == bytes)
        guard let decoded = Base64URL.decode(bytes[...]) else { return }
        property("No bytes have two texts", holds: encode(decoded).utf8.elementsEqual(bytes))
    }

    /// Encodes with Foundation's base64, which has two other characters and padding.
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-")
            .replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
