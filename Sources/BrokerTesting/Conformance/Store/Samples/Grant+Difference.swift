import Foundation
import IdentityBroker

extension Grant {
    /// The first field in which a grant that was read differs from this one, which was expected.
    ///
    /// - Parameter resolution: How much times may differ.
    func difference(from read: Grant, resolution: Duration) -> String? {
        let texts: [(name: String, value: (Grant) -> String?)] = [
            ("id", { $0.id.uuidString }), ("account", { $0.account.description }), ("client", { $0.client }),
            ("provider", { $0.provider.rawValue }), ("version", { "\($0.version)" }),
            ("isRevoked", { "\($0.isRevoked)" }), ("details", { $0.details }),
        ]
        for text in texts where !text.value(self).isIdentical(to: text.value(read)) {
            return "\(text.name) was \(text.value(self).shown) and came back as \(text.value(read).shown)"
        }
        for (name, time) in [("opened", \Grant.opened), ("expiry", \Grant.expiry)] {
            guard self[keyPath: time].isSame(as: read[keyPath: time], resolution: resolution) else {
                return "\(name) was \(self[keyPath: time]) and came back as \(read[keyPath: time])"
            }
        }
        return nil
    }

    /// The version after this one.
    func next(revoked: Bool = false, until expiry: Date? = nil, details: String? = nil) -> Grant {
        var next = self
        next.version += 1
        next.isRevoked = revoked
        next.expiry = expiry ?? self.expiry
        next.details = details ?? self.details
        return next
    }
}
