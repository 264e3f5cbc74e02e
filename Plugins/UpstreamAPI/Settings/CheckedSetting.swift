package import IdentityBroker

/// Settings that types of several plugins have, checked.
package enum CheckedSetting {
    /// An id, which becomes part of addresses and of the issuer.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that names the setting.
    package static func id(_ text: String, _ key: String) throws(BrokerError) -> String {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy(isIDByte) else {
            throw .misconfigured("\(key) takes 1 to 128 ASCII letters, digits, dots, hyphens and underscores.")
        }
        return text
    }

    /// The address that a setting gives.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that names the setting.
    package static func url(_ text: String, _ key: String, as example: String) throws(BrokerError) -> UpstreamURL {
        guard let url = UpstreamURL(text) else {
            throw .misconfigured("\(key) must be an absolute URL without a query, as in \(example).")
        }
        return url
    }

    /// The issuer that the setting `issuer` or, without it, another setting gives.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    package static func issuer(_ text: String) throws(BrokerError) -> Issuer {
        guard let issuer = Issuer(text) else {
            throw .misconfigured(
                "The issuer is empty, longer than 255 bytes, or has white space or characters beyond ASCII. Set issuer."
            )
        }
        return issuer
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
