import Foundation
import IdentityBroker

extension LinkedIdentity {
    /// The first field in which an identity that was read differs from this one, which was expected.
    ///
    /// - Parameter resolution: How much times may differ.
    func difference(from read: LinkedIdentity, resolution: Duration) -> String? {
        let texts: [(name: String, value: (LinkedIdentity) -> String?)] = [
            ("issuer", { $0.key.issuer.rawValue }), ("subject", { $0.key.subject }),
            ("provider", { $0.provider.rawValue }), ("claims", { $0.claims }),
        ]
        for text in texts where !text.value(self).isIdentical(to: text.value(read)) {
            return "\(text.name) was \(text.value(self).shown) and came back as \(text.value(read).shown)"
        }
        guard alternateIdentifiers.count == read.alternateIdentifiers.count,
            zip(alternateIdentifiers, read.alternateIdentifiers).allSatisfy({ $0.isIdentical(to: $1) })
        else {
            return "the alternate identifiers came back changed"
        }
        for (name, time) in [("firstLogin", \LinkedIdentity.firstLogin), ("lastLogin", \LinkedIdentity.lastLogin)] {
            guard self[keyPath: time].isSame(as: read[keyPath: time], resolution: resolution) else {
                return "\(name) was \(self[keyPath: time]) and came back as \(read[keyPath: time])"
            }
        }
        return nil
    }
}

extension AlternateIdentifier {
    fileprivate func isIdentical(to other: AlternateIdentifier) -> Bool {
        type.isIdentical(to: other.type) && scope.isIdentical(to: other.scope) && value.isIdentical(to: other.value)
    }
}
