"use strict";

module.exports = [].concat(require("./health"), require("./users"));
