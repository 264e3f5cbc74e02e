/// Everything that a broker and its service keep, in one place.
public typealias BrokerStore = LoginStore & AccountStore & GrantStore & KeyRingStore
