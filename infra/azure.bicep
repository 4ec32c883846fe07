// Everything License Steward needs in one resource group: an identity, the web app it runs in, its bot registration
// and its database. There are no secrets: the identity signs in to the bot service, to Graph and to Cosmos DB.
// Graph permissions for the identity are granted apart from this (docs/setup.md says which).
targetScope = 'resourceGroup'

@description('Start of all resource names; must be free worldwide as a web app and as a Cosmos DB account.')
@minLength(4)
@maxLength(20)
param resourceBaseName string

@description('Name of the bot as people see it.')
@maxLength(42)
param botDisplayName string

@description('Where the resources and the data live.')
param location string = resourceGroup().location

@description('App Service plan size. Basic is the smallest that keeps the worker awake (Always On).')
param webAppSku string = 'B1'

@description('Instances that share the work. Two or more, so that a sick one can be taken out of rotation.')
@minValue(2)
@maxValue(10)
param webAppInstances int = 2

@description('Runtime of the web app.')
param linuxFxVersion string = 'NODE|24-lts'

@description('Policy file inside the deployed package.')
param policyFile string = './policy.yaml'

@description('Id of the published app in the catalog of Teams, to install it for people who are asked. Empty: it is installed for nobody.')
param teamsAppPublishedAppId string = ''

@description('Language of those of whom neither Teams nor the directory tells one.')
@allowed(['en', 'de', 'de-CH'])
param defaultLocale string = 'en'

@description('Address of an Azure OpenAI resource that reads questions in chat which the grammar does not know. Empty: none does. The identity needs the role Cognitive Services OpenAI User there.')
param azureOpenAiEndpoint string = ''

@description('Name of the deployment in that resource; set with the address, or not at all.')
param azureOpenAiDeployment string = ''

@description('Files that people ask for in chat can be downloaded from the web app by a browser, too: by whoever has the address, once, for 15 minutes.')
param downloads bool = true

@description('Cosmos DB account name.')
@minLength(3)
@maxLength(44)
param cosmosAccountName string = toLower(resourceBaseName)

@description('Database name.')
param cosmosDatabaseName string = 'license-steward'

@description('true: pay per request, right for nearly every tenant. false: shared autoscale throughput.')
param cosmosServerless bool = true

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: resourceBaseName
  location: location
}

module cosmos './modules/cosmos.bicep' = {
  name: 'license-steward-cosmos'
  params: {
    accountName: cosmosAccountName
    databaseName: cosmosDatabaseName
    location: location
    serverless: cosmosServerless
    principalId: identity.properties.principalId
  }
}

module webApp './modules/web-app.bicep' = {
  name: 'license-steward-web-app'
  params: {
    name: resourceBaseName
    location: location
    sku: webAppSku
    instances: webAppInstances
    linuxFxVersion: linuxFxVersion
    identityId: identity.id
    downloads: downloads
    settings: {
      BOT_ID: identity.properties.clientId
      BOT_TENANT_ID: identity.properties.tenantId
      BOT_TYPE: 'UserAssignedMSI'
      COSMOS_ENDPOINT: cosmos.outputs.endpoint
      COSMOS_DATABASE: cosmosDatabaseName
      POLICY_FILE: policyFile
      TEAMS_APP_PUBLISHED_APP_ID: teamsAppPublishedAppId
      DEFAULT_LOCALE: defaultLocale
      AZURE_OPENAI_ENDPOINT: azureOpenAiEndpoint
      AZURE_OPENAI_DEPLOYMENT: azureOpenAiDeployment
    }
  }
}

module botRegistration './botRegistration/azurebot.bicep' = {
  name: 'license-steward-bot'
  params: {
    name: resourceBaseName
    displayName: botDisplayName
    identityResourceId: identity.id
    identityClientId: identity.properties.clientId
    identityTenantId: identity.properties.tenantId
    botDomain: webApp.outputs.domain
  }
}

// The toolkit writes the outputs to env/.env.<name>; teamsapp.yml and the app manifest read them there.
output AZURE_APP_SERVICE_RESOURCE_ID string = webApp.outputs.resourceId
output BOT_ID string = identity.properties.clientId
output BOT_TENANT_ID string = identity.properties.tenantId
output BOT_PRINCIPAL_ID string = identity.properties.principalId
output BOT_DOMAIN string = webApp.outputs.domain
output BOT_ENDPOINT string = 'https://${webApp.outputs.domain}'
output COSMOS_ENDPOINT string = cosmos.outputs.endpoint
output COSMOS_DATABASE string = cosmosDatabaseName
