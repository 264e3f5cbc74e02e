/// Everything that a broker and its service store, in one place.
public typealias BrokerStore = LoginStore & AccountStore & GrantStore & KeyRingStore
