import Foundation

/// The OpenAPI 3.1 description of the service, from `openapi.json` next to this file.
enum ServiceDescription {
    static let json = Data(PackageResources.openapi_json)
}
