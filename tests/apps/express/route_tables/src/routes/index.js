const { languages, translators } = require('./languages');

module.exports = {
  terms: require('./terms'),
  languages,
  translators,
  embed: require('./embed').router,
};
