import IdentityBroker

/// A provider that was made in order to check it.
struct MadeProvider {
    let entry: ProviderEntry
    let instance: ProviderInstance
}

extension [MadeProvider] {
    /// Warnings about instances that could redeem a credential that an earlier one redeems as well.
    ///
    /// A credential is reserved under its issuer, so one that two instances with different issuers accept could be redeemed
    /// at both. What the settings show of that is compared; two names of one host, for example, cannot be seen here.
    var redemptionOverlaps: [ConfigurationProblem] {
        indices.compactMap { index in
            let later = self[index]
            guard let earlier = self[..<index].first(where: later.redeemsCredentials(of:)) else { return nil }
            let message = """
                The provider \(earlier.entry.id) signs in for the same app under another issuer, so one credential could be \
                redeemed at both. Keep one of the two, or set the same issuer if their subjects are the same ids.
                """
            return later.entry.settings.problem(.advice, message)
        }
    }
}

extension MadeProvider {
    /// Whether an app could present a credential to this instance that is good for one login at the other.
    fileprivate func redeemsCredentials(of other: MadeProvider) -> Bool {
        let manifest = entry.manifest
        guard manifest.type == other.entry.manifest.type, instance.issuer != other.instance.issuer else { return false }
        return !presentableOnce.isDisjoint(with: other.presentableOnce)
            && manifest.settings.haveSameUpstream(entry.settings.value, other.entry.settings.value)
    }

    /// The kinds of credential that apps present and that are good for one login. The code of a redirect is bound to its
    /// instance.
    private var presentableOnce: Set<CredentialKind> {
        let manifest = instance.manifest
        return Set(manifest.credentials.filter(\.isOneTime).map(\.kind)).intersection(manifest.presentableKinds)
    }
}

extension [Setting] {
    /// Whether two instances of a type have the same upstream and the same app there, as far as settings tell: by addresses,
    /// and by what a type requires. A secret may be another one of the same app.
    fileprivate func haveSameUpstream(_ one: CheckedValue?, _ other: CheckedValue?) -> Bool {
        allSatisfy { setting in
            let (value, otherValue) = (one?[setting.key], other?[setting.key])
            switch setting.form {
            case .secret: return true
            case .url, .urlTemplate: return setting.url(value) == setting.url(otherValue)
            case .object(let members): return members.haveSameUpstream(value, otherValue)
            default: return !setting.isRequired || value == otherValue
            }
        }
    }
}

extension Setting {
    /// The address that a value is, or the default.
    fileprivate func url(_ value: CheckedValue?) -> UpstreamURL? {
        (value?.text ?? defaultText).flatMap { Setting.url(in: $0, as: form) }
    }
}
