import IdentityBroker
import StrictJSON

extension Contact {
    /// Verified by a literal `true` and nothing that resembles it: accounts are linked by what this says.
    init(_ value: Value, verified flag: JSONValue?) {
        self =
            switch flag?.bool {
            case true?: .verified(Verified(value))
            case false?: .asserted(Asserted(value), isKnownUnverified: true)
            case nil: .asserted(Asserted(value), isKnownUnverified: false)
            }
    }
}
