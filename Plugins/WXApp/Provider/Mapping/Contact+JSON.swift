import IdentityBroker
import StrictJSON

extension Contact {
    /// Verified only by a literal `true`: accounts are linked by this.
    init(_ value: Value, verified flag: JSONValue?) {
        self =
            switch flag?.bool {
            case true?: .verified(Verified(value))
            case false?: .asserted(Asserted(value), isKnownUnverified: true)
            case nil: .asserted(Asserted(value), isKnownUnverified: false)
            }
    }
}
